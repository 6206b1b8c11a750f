"""What each family of statements does to the catalogue; see ``analyzer.sql.effect``."""
