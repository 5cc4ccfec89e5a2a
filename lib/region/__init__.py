"""What the region is: areas, measures, panels, boundary sets, the weights in force."""
