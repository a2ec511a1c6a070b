//go:build !unix

package main

// tellPeak is for tests that run on Unix alone.
func tellPeak() {}
