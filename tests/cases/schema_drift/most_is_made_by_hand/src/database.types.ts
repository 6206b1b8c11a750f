// Generated long ago: what was made in the dashboard since is in no file at all.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      tags: { Row: { id: number; label: string } }
      users: { Row: { id: number } } // expect: FC502
    }
    Views: { [_ in never]: never }
  }
}
