; SQL in a template with a tag: sql`…`, prisma.$queryRaw`…`.
(call_expression
  function: [
    (identifier) @anchor
    (member_expression property: (property_identifier) @anchor)
  ]
  arguments: (template_string) @raw_sql
  (#match? @anchor "^(sql|[$](query|execute)Raw)$"))
; SQL as the first argument: pool.query('…'), sql.unsafe(`…`).
(call_expression
  function: (member_expression property: (property_identifier) @anchor)
  arguments: (arguments . [(template_string) (string)] @raw_sql)
  (#match? @anchor "^(query|queryObject|queryArray|unsafe|[$](query|execute)RawUnsafe)$"))
; SQL in its options: pool.query({ text: '…', values }).
(call_expression
  function: (member_expression property: (property_identifier) @anchor)
  arguments: (arguments
    . (object (pair key: (property_identifier) @key value: [(template_string) (string)] @raw_sql)))
  (#eq? @key "text")
  (#eq? @anchor "query"))
