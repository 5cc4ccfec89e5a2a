"""What every page stands in: filters, heading, guard, canvas, tables, downloads, theme, server."""
