"""A family album that never existed: rendered photos of invented persons, with known truth, from a seed."""
