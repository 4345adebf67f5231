"""The GraphQL door: types derived from schema/, thin resolvers over graph/reads."""
