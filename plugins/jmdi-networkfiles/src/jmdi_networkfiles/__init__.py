"""Network files for jmdi, in and out: Pajek, UCINET, VNA, GML, NCOL, LGL, Kumu, matrices."""
