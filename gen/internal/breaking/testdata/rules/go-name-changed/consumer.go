package consumers

import "catalog.test/apierr"

var _ = apierr.FileGoneParams{File: "a.txt"}
