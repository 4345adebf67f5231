"""Inputs at random, counted: nothing crashes, hangs, or fails with an error that is none of ours."""
