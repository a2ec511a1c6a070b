package consumers

import "catalog.test/apierr"

var _ error = apierr.CodeFileGone
