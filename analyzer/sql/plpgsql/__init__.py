"""DO blocks, and the SQL within functions in plpgsql."""
