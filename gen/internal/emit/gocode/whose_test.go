package gocode

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// The package's first sentence is one, whatever the catalog is called.
func TestWhose(t *testing.T) {
	for _, tt := range []struct{ service, title, want string }{
		{"payments", "Errors", "the payments API"},
		{"", "Errors", "the catalog “Errors”"},
	} {
		if got := whose(&catalog.Catalog{Service: tt.service, Title: tt.title}); got != tt.want {
			t.Errorf("service %q, title %q: %q, want %q", tt.service, tt.title, got, tt.want)
		}
	}
}
