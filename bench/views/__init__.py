"""What pictures cost: bytes, time to make them, time until they are drawn; stock pyvis beside ours."""
