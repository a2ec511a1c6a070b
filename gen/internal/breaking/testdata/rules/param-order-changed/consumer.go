package consumers

import "catalog.test/apierr"

var _ = apierr.NewFileGone("a.png", 100)
