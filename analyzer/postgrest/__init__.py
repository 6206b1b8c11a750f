"""What PostgREST makes of a schema and a request: how rows embed, which function a call takes, what a column is.

It follows PostgREST 14's own rules (``SchemaCache.hs``, ``Plan.hs``), and knows nothing of files.
"""
