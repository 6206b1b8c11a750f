export type Json = string | number | boolean | null;
export type Database = {
  public: {
    Tables: {
      only_typed: { // expect: FC502
        Row: { id: number };
      };
    };
  };
};
