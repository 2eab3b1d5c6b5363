"""Products, codebooks and trails in the vocabularies of the web: Dublin Core, schema.org, PROV."""
