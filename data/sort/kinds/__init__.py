"""The kinds of rows, one file each: the columns of its files, its table in the store, how its lines are sorted."""
