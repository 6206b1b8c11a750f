; A text that holds the path of PostgREST's own interface.
((string_fragment) @anchor
  (#match? @anchor "/rest/v1")) @rest
