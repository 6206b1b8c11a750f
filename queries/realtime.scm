; channel.on('postgres_changes', { … }, …), with the words of its options as any expression.
(call_expression
  function: (member_expression property: (property_identifier) @method (#eq? @method "on"))
  arguments: (arguments . (string (string_fragment) @anchor (#eq? @anchor "postgres_changes")) . (_) @options)) @realtime
; The same with a cast: channel.on('postgres_changes' as any, { … }, …)
(call_expression
  function: (member_expression property: (property_identifier) @method (#eq? @method "on"))
  arguments: (arguments
    . (as_expression (string (string_fragment) @anchor (#eq? @anchor "postgres_changes")))
    . (_) @options)) @realtime
; The same by the constant of realtime-js: channel.on(REALTIME_LISTEN_TYPES.POSTGRES_CHANGES, { … }, …)
(call_expression
  function: (member_expression property: (property_identifier) @method (#eq? @method "on"))
  arguments: (arguments
    . (member_expression property: (property_identifier) @anchor (#eq? @anchor "POSTGRES_CHANGES"))
    . (_) @options)) @realtime
