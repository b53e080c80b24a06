//! Working days, office hours, holidays and swap days (Bộ luật Lao động 2019 Art. 111–112).
