"""Many articles: read in parallel into Parquet, a shard of some articles at a time."""
