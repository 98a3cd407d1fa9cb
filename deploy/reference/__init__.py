"""Pages of reference, each written from the code that it is about: `make readme`."""
