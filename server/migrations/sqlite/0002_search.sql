-- Text is folded by the server (no diacritics, small letters), so the index needs no tokenizer of its own. Unfinished words
-- are found by their beginnings, whatever the size of the archive.
CREATE VIRTUAL TABLE case_search USING fts5 (search_text, content = 'cases', content_rowid = 'rid', tokenize = 'ascii', detail = none, prefix = '2 3 4 6');
CREATE TRIGGER cases_searchable AFTER INSERT ON cases
BEGIN
    INSERT INTO case_search (rowid, search_text) VALUES (new.rid, new.search_text);
END;
