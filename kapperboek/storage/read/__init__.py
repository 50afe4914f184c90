"""Reading: one function per view, plain parameterised SQL in, frozen data out."""
