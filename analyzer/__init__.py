"""fromcheck: what Supabase code asks of the database, held against what the migrations build."""

__version__ = "0.1.0"
