"""The page Settings: shop, staff, treatments, fields, closing days, appearance."""
