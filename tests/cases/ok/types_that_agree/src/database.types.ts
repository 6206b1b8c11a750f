export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export interface Database {
  public: {
    Tables: {
      notes: { Row: { id: string } }
    }
    Views: { [_ in never]: never }
  }
}
