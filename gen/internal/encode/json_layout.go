package encode

import (
	"bytes"
	"iter"
)

// Width limits the bytes of a line; longer lists and objects are broken.
const Width = 120

// A printer lays out compact, valid JSON.
type printer struct {
	src   []byte
	pos   int
	out   []byte
	start int // of the current line, in out

	// an object of the document, empty in src, that gets these members: see JSONWith
	into    string
	members iter.Seq[Member]
}

// value copies the value at pos. It breaks the value if it does not fit on the line.
func (p *printer) value(depth int) {
	n, flat := measure(p.src[p.pos:], Width-(len(p.out)-p.start))
	switch open := p.src[p.pos]; {
	case flat:
		p.flat(p.pos + n)
	case open == '[' && p.scalars():
		p.fill(depth + 1)
	default:
		p.broken(depth + 1)
	}
}

// flat copies the source up to end, with a space after each comma and colon.
func (p *printer) flat(end int) {
	for p.pos < end {
		c := p.src[p.pos]
		if c == '"' {
			n := stringLen(p.src[p.pos:])
			p.out = append(p.out, p.src[p.pos:p.pos+n]...)
			p.pos += n
			continue
		}
		p.out = append(p.out, c)
		if c == ',' || c == ':' {
			p.out = append(p.out, ' ')
		}
		p.pos++
	}
}

// broken copies the list or object at pos with one item or member a line.
func (p *printer) broken(depth int) {
	for {
		p.out = append(p.out, p.src[p.pos]) // the opening bracket, or a comma
		p.pos++
		p.line(depth)
		var name []byte
		if p.src[p.pos] == '"' {
			if n := stringLen(p.src[p.pos:]); p.src[p.pos+n] == ':' {
				name = p.src[p.pos+1 : p.pos+n-1]
				p.flat(p.pos + n + 1)
			}
		}
		if depth == 1 && p.members != nil && string(name) == p.into {
			p.splice()
		} else {
			p.value(depth)
		}
		if p.src[p.pos] != ',' {
			break
		}
	}
	p.close(depth - 1)
}

// splice copies the empty object at pos with its members from the sequence. If it has members, it
// is broken: objects that need a sequence do not fit on a line.
func (p *printer) splice() {
	const depth = 2
	var (
		rest = p.src[p.pos+len("{}"):]
		b    bytes.Buffer
		enc  = encoder(&b)
	)
	open := byte('{')
	for m := range p.members {
		b.Reset()
		encode(enc, &b, m.Name)
		b.WriteByte(':')
		value := b.Len()
		encode(enc, &b, m.Value)
		b.WriteByte('}') // so that each value has something after it, as in a document
		p.out = append(p.out, open)
		p.line(depth)
		p.src, p.pos = b.Bytes(), 0
		p.flat(value)
		p.value(depth)
		open = ','
	}
	p.src, p.pos = rest, 0
	if open == '{' {
		p.out = append(p.out, "{}"...)
		return
	}
	p.line(depth - 1)
	p.out = append(p.out, '}')
}

// fill copies the list of scalars at pos, with as many on a line as fit.
func (p *printer) fill(depth int) {
	p.out = append(p.out, '[')
	p.pos++
	p.line(depth)
	for first := true; ; first = false {
		n := scalarLen(p.src[p.pos:])
		if !first {
			if len(p.out)-p.start+len(" ")+n+len(",") > Width {
				p.line(depth)
			} else {
				p.out = append(p.out, ' ')
			}
		}
		p.flat(p.pos + n)
		if p.src[p.pos] != ',' {
			break
		}
		p.out = append(p.out, ',')
		p.pos++
	}
	p.close(depth - 1)
}

// close copies the closing bracket at pos to a line of its own.
func (p *printer) close(depth int) {
	p.line(depth)
	p.out = append(p.out, p.src[p.pos])
	p.pos++
}

func (p *printer) line(depth int) {
	p.out = append(p.out, '\n')
	p.start = len(p.out)
	for range depth {
		p.out = append(p.out, ' ', ' ')
	}
}

// scalars reports whether the list at pos holds only scalars. The list is not empty: an empty list
// always fits.
func (p *printer) scalars() bool {
	for i := p.pos + 1; ; {
		if c := p.src[i]; c == '[' || c == '{' {
			return false
		}
		i += scalarLen(p.src[i:])
		if p.src[i] == ']' {
			return true
		}
		i++ // the comma
	}
}

// measure returns the length of the value at the start of src. It also returns true if the value is
// a scalar, is empty, or fits in room bytes on one line, not counting a comma after it. It reads no
// more than it needs.
func measure(src []byte, room int) (n int, flat bool) {
	if src[0] != '{' && src[0] != '[' {
		return scalarLen(src), true
	}
	if src[1] == '}' || src[1] == ']' {
		return 2, true
	}
	depth, width := 0, 0
	for i := 0; width < room; {
		switch src[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1, true
			}
		case ',', ':':
			width++ // the space after it
		case '"':
			n := stringLen(src[i:])
			i, width = i+n, width+n
			continue
		}
		i, width = i+1, width+1
	}
	return 0, false
}

// scalarLen returns the length of the string, number, true, false or null at the start of src.
func scalarLen(src []byte) int {
	if src[0] == '"' {
		return stringLen(src)
	}
	for i, c := range src {
		if c == ',' || c == ']' || c == '}' {
			return i
		}
	}
	return len(src)
}

// stringLen returns the length of the string at the start of src, including its quotes.
func stringLen(src []byte) int {
	for i := 1; ; i++ {
		switch src[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}
