; Tables<'deals'> and its like.
(generic_type
  name: (type_identifier) @anchor
  type_arguments: (type_arguments (literal_type (string)))
  (#any-of? @anchor "Tables" "TablesInsert" "TablesUpdate" "Enums" "CompositeTypes")) @type_reference
; The 'Tables' of Database['public']['Tables']['deals'].
(literal_type
  (string (string_fragment) @anchor)
  (#any-of? @anchor "Tables" "Views" "Enums" "Functions" "CompositeTypes")) @type_reference
