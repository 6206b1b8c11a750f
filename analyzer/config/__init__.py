"""What the user and the Supabase CLI were told: ``fromcheck.yaml``, and ``supabase/config.toml`` beside it."""

from analyzer.config.keys import Ignored
from analyzer.config.settings import Config, read_config
from analyzer.config.supabase import SupabaseToml, read_supabase_toml

__all__ = ["Config", "Ignored", "SupabaseToml", "read_config", "read_supabase_toml"]
