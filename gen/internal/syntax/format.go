package syntax

// A Type is a part of the catalog format: the values that a position allows, and their meaning. The
// walker checks a catalog with it, and the JSON Schema for editors comes from it, so the two cannot
// differ.
type Type struct {
	Kind Kind
	Name string // Object, and a OneOf that contains itself: what it is, in a word or two
	Doc  string // a sentence or two, for an editor's hover; a [Field] has its own, which goes before

	Choices     []Choice          // Text: the only ones allowed; nil: any
	Suggestions []Choice          // Text: those an editor offers; others are allowed
	Pattern     string            // Text: a regular expression (RE2, ECMAScript) for the whole text
	Looks       string            // Text, Int: what is asked for, in words
	Path        bool              // Text: a path, never a plain true or false
	Elsewhere   map[string]string // Text: what other formats call one of the choices
	Instead     map[string]string // Text, Object: what is no choice or key, and what to do instead
	Min, Max    int               // Int: the bounds, if Min < Max
	Most        int               // elements of List, Map (0: any number), bytes of texts (0: usual)
	Null        bool              // Text: null is allowed, and means what its Doc says
	Rule        string            // the rule that a text breaks that is no choice; "": wrong-type

	Extensible   bool          // Map: keys that begin with x- are ignored, as in every Object
	Key          *Type         // Map: its keys
	Item         *Type         // List, Map: its elements, its values
	Fields       []Field       // Object
	Alternatives []Alternative // OneOf: told apart by the kind of node

	Signs []Sign // Object: what it has, and no mapping that is another alternative; nil if none is

	room func(list any, n int)                  // List, Map: makes the list, empty
	add  func(list any) (key *Scalar, item any) // List, Map: appends an element
	drop func(list any)                         // List, Map: takes the last one away
}

// A Kind is the kind of a Type.
type Kind int

// The kinds.
const (
	Text     Kind = iota // text as it is written: a plain scalar is never a number, a bool or a date
	Markdown             // text in GitHub-flavoured Markdown
	Int                  // a whole number
	Number               // a decimal number
	Bool                 // true or false
	Duration             // 500ms, 6s, 1m30s
	Literal              // a scalar, or a list of them; quoted is a string, plain is inferred
	Free                 // anything
	List
	Map    // a mapping whose keys are the author's; their order counts
	Object // a mapping with the keys of Fields
	OneOf
)

// A Sign is a key that tells an Object from a mapping whose keys are the author's.
type Sign struct {
	Key  string
	Type *Type // a Text with Choices, or a List; nil: any value
}

// A Choice is a text that is allowed.
type Choice struct{ Value, Doc string }

// A Field is a key of an Object.
type Field struct {
	Key      string
	Type     *Type
	Doc      string
	Required bool
	InParts  bool     // required of the whole catalog, of which an included file is a part
	Unless   string   // the key whose files may have a required one in its place
	Default  string   // as YAML; "" if there is none
	Examples []string // as YAML; a required field has one
	Also     []string // what people call it elsewhere; none is a key of its object

	at func(object any) any // where the value goes
}

// An Alternative is one of the forms of a OneOf.
type Alternative struct {
	Type *Type
	at   func(whole any) any
}

// of is a Type whose values are kept in a T. It lets the compiler see that a field's type and its
// place agree.
type of[T any] struct{ Type *Type }

func text(doc string) of[Scalar] { return of[Scalar]{&Type{Kind: Text, Doc: doc}} }

// pathTo is the path of a file or a folder.
func pathTo(doc string) of[Scalar] { return of[Scalar]{&Type{Kind: Text, Doc: doc, Path: true}} }

func markdown(doc string) of[Scalar] { return of[Scalar]{&Type{Kind: Markdown, Doc: doc}} }
func number(doc string) of[Scalar]   { return of[Scalar]{&Type{Kind: Number, Doc: doc}} }
func boolean(doc string) of[Scalar]  { return of[Scalar]{&Type{Kind: Bool, Doc: doc}} }
func duration(doc string) of[Scalar] { return of[Scalar]{&Type{Kind: Duration, Doc: doc}} }
func literal(doc string) of[Any]     { return of[Any]{&Type{Kind: Literal, Doc: doc}} }
func free(doc string) of[Any]        { return of[Any]{&Type{Kind: Free, Doc: doc}} }

func integer(doc string, least, most int) of[Scalar] {
	return of[Scalar]{&Type{Kind: Int, Doc: doc, Min: least, Max: most}}
}

// looks says in words what a value of the type looks like.
func (t of[T]) looks(words string) of[T] {
	t.Type.Looks = words
	return t
}

func choice(doc string, choices ...Choice) of[Scalar] {
	return of[Scalar]{&Type{Kind: Text, Doc: doc, Choices: choices}}
}

func matching(doc, pattern, looks string) of[Scalar] {
	return of[Scalar]{&Type{Kind: Text, Doc: doc, Pattern: pattern, Looks: looks}}
}

func listOf[T any](doc string, item of[T]) of[[]T] {
	return of[[]T]{&Type{
		Kind: List, Doc: doc, Item: item.Type,
		room: func(list any, n int) { *list.(*[]T) = make([]T, 0, min(n, maxRoom)) },
		add: func(list any) (*Scalar, any) {
			s := list.(*[]T)
			*s = append(*s, *new(T))
			return nil, &(*s)[len(*s)-1]
		},
		drop: func(list any) { drop(list.(*[]T)) },
	}}
}

func mapOf[T any](doc string, key of[Scalar], item of[T]) of[[]Entry[T]] {
	return of[[]Entry[T]]{&Type{
		Kind: Map, Doc: doc, Key: key.Type, Item: item.Type,
		room: func(list any, n int) { *list.(*[]Entry[T]) = make([]Entry[T], 0, min(n, maxRoom)) },
		add: func(list any) (*Scalar, any) {
			s := list.(*[]Entry[T])
			*s = append(*s, Entry[T]{})
			e := &(*s)[len(*s)-1]
			return &e.Key, &e.Value
		},
		drop: func(list any) { drop(list.(*[]Entry[T])) },
	}}
}

// maxRoom limits the elements for which room is made in advance: those of a hostile file may all be
// mistakes.
const maxRoom = 1024

func drop[T any](list *[]T) {
	last := len(*list) - 1
	clear((*list)[last:])
	*list = (*list)[:last]
}

func object[T any](name, doc string, fields ...Field) of[T] {
	return of[T]{&Type{Kind: Object, Name: name, Doc: doc, Fields: fields}}
}

func oneOf[T any](doc string, alternatives ...Alternative) of[T] {
	return of[T]{&Type{Kind: OneOf, Doc: doc, Alternatives: alternatives}}
}

// orNull allows null; see [Type.Null].
func (t of[T]) orNull() of[T] {
	t.Type.Null = true
	return t
}

// most bounds a list, a mapping or a text; see [Type.Most].
func (t of[T]) most(n int) of[T] {
	t.Type.Most = n
	return t
}

// extensible has a mapping ignore keys that begin with x-, which none of its own do.
func (t of[T]) extensible() of[T] {
	t.Type.Extensible = true
	return t
}

// when is an alternative whose value goes into a part of the whole.
func when[T, P any](t of[P], at func(*T) *P) Alternative {
	return Alternative{Type: t.Type, at: func(whole any) any { return at(whole.(*T)) }}
}

// whole is an alternative that fills all of it.
func whole[T any](t of[T]) Alternative {
	return Alternative{Type: t.Type, at: func(whole any) any { return whole.(*T) }}
}

func field[T, P any](key string, t of[P], doc string, at func(*T) *P, more ...func(*Field)) Field {
	f := Field{
		Key:  key,
		Type: t.Type,
		Doc:  doc,
		at:   func(object any) any { return at(object.(*T)) },
	}
	for _, m := range more {
		m(&f)
	}
	return f
}

func required(f *Field) { f.Required = true }

func requiredUnlessIn(key string) func(*Field) {
	return func(f *Field) { f.Required, f.Unless = true, key }
}

func defaults(yaml string) func(*Field) { return func(f *Field) { f.Default = yaml } }

func also(names ...string) func(*Field) { return func(f *Field) { f.Also = names } }

func examples(yaml ...string) func(*Field) { return func(f *Field) { f.Examples = yaml } }
