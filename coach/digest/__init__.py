"""The weekly digest: a mail on Monday morning, to coaches of their athletes and to athletes."""
