package consumers

import "catalog.test/apierr"

var name = "a.png"

var _ = apierr.NewFileGone(apierr.FileGoneParams{Name: &name})
