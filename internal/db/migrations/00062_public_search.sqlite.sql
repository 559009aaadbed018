-- Full-text search that finds two-character words. The index keeps no copy of a text; a row leaves it by its ordinal.
CREATE VIRTUAL TABLE pub_search USING fts5(text, content='', contentless_delete=1, tokenize='bigram');
