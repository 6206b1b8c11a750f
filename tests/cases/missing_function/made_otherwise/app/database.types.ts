export type Json = string | number | boolean | null
export type Database = {
  public: {
    Tables: Record<never, never>
    Functions: {
      made_in_the_dashboard: { Args: never; Returns: number }
    }
  }
}
