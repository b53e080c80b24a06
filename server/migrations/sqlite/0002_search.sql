-- Text is folded by the server (no diacritics, small letters), so the index needs no tokenizer of its own.
CREATE VIRTUAL TABLE case_search USING fts5 (search_text, content = 'cases', content_rowid = 'rid', tokenize = 'ascii', detail = none);
CREATE TRIGGER cases_searchable AFTER INSERT ON cases
BEGIN
    INSERT INTO case_search (rowid, search_text) VALUES (new.rid, new.search_text);
END;
