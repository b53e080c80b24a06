-- Text is folded by the server (no diacritics, small letters), so the plain configuration is enough.
CREATE INDEX cases_search ON cases USING gin (to_tsvector('simple', search_text));
