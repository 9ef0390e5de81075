CREATE INDEX readings_by_place ON readings (book_id, date, id);
CREATE INDEX comparisons_by_place ON comparisons (book_id, date, id);
DROP INDEX comparisons_by_date;
