package consumers

import "catalog.test/apierr"

var _ int64 = apierr.FileGoneMaxSize
