package consumers

import "catalog.test/apierr"

var _ = apierr.NewFileGone()
