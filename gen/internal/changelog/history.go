package changelog

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/rule"
)

// ReadHistory reads what [JSON] wrote. A code that was renamed keeps the changes of its old name.
func ReadHistory(data []byte) (reference.History, error) {
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if doc.Version != formatVersion {
		return nil, fmt.Errorf("version is %d, not %d", doc.Version, formatVersion)
	}
	all := reference.History{}
	for _, r := range slices.Backward(doc.Releases) { // the newest is the first
		for _, ch := range r.Changes {
			if ch.Rule == rule.CodeRenamed && len(ch.Codes) == 2 {
				all[ch.Codes[0]] = slices.Clone(all[ch.Codes[1]])
			}
			for _, code := range ch.Codes {
				all[code] = append(all[code], reference.Change{
					Release: r.Name, Date: r.Date, Rule: ch.Rule, Text: ch.Text,
				})
			}
		}
	}
	return all, nil
}
