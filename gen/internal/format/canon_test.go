package format_test

// canon defines the layout, with a case for each decision.
var canon = []struct{ name, in, want string }{
	{
		"x- keys, anchors and their order",
		"version:   1\nx-shared:\n    name:  &name {type: string}\n    more: &more\n        a:   1\n" +
			"title: Errors\nx-other: *more\ngroups: []\nx-last:   [1,2]\n",
		"version: 1\nx-shared:\n  name: &name {type: string}\n  more: &more\n    a: 1\ntitle: Errors\n" +
			"x-other: *more\ngroups: []\nx-last: [1, 2]\n",
	},
	{
		"indentation",
		"version:    1\ngroups:\n- id:   a\n  errors:\n      -    code: A\n           status: 400\n" +
			"      -\n           code: B\n",
		"version: 1\ngroups:\n  - id: a\n    errors:\n      - code: A\n        status: 400\n" +
			"      - code: B\n",
	},
	{
		"blank lines",
		"\n\nversion: 1\n\n\n\ntitle: A\ngroups:\n\n  - id: a\n\n\n  - id: b\n\n\n",
		"version: 1\n\ntitle: A\ngroups:\n  - id: a\n\n  - id: b\n",
	},
	{"line ends", "\ufeffversion: 1  \r\ntitle: A\t\r\ndescription: |\r\n  a \r\n\r\n  b",
		"version: 1\ntitle: A\ndescription: |-\n  a \n\n  b\n"},
	{"spaces in brackets", "a: { b : 1,c: [ 1 ,2,3, ] , d: { } }\n",
		"a: {b: 1, c: [1, 2, 3], d: {}}\n"},
	{
		"brackets on several lines that fit on one",
		"a: {\n  b: 1,\n  c: [\n    1, 2,\n  ],\n}\nd:\n  [x,\n  y]\n",
		"a: {b: 1, c: [1, 2]}\nd: [x, y]\n",
	},
	{
		"a long collection on one line stays there",
		"a: [" + long + ", " + long + "]\n",
		"a: [" + long + ", " + long + "]\n",
	},
	{
		"a collection that fits on no line loses its brackets",
		"a: [" + long + ",\n  " + long + "]\nb:\n  - {c: " + long +
			",\n     d: {e: 1,\n f: 2}, g: [{h: " + long + ",\n  i: " + long + "},[]]}\n",
		"a:\n  - " + long + "\n  - " + long + "\nb:\n  - c: " + long +
			"\n    d: {e: 1, f: 2}\n    g:\n      - h: " + long + "\n        i: " + long +
			"\n      - []\n",
	},
	{
		"comments in brackets",
		"a: [ # why\n  # first\n  1, # one\n\n  2 # two\n  # last\n] # all\nb: {# none\n}\n",
		"a: # why\n  # first\n  - 1 # one\n\n  - 2 # two\n  # last\n  # all\nb: {} # none\n",
	},
	{
		"comments keep their places",
		`# yaml-language-server: $schema=catalog.schema.json

# The catalog.
version: 1 # the only one
groups:   # here they are
# the first
- id: a
  # in a
  errors:
  # before A
  - code: A
    # in A

    # still in A
  # after A

# the second
- id: b
# about retired
retired: []
# the end
`,
		`# yaml-language-server: $schema=catalog.schema.json

# The catalog.
version: 1 # the only one
groups:   # here they are
  # the first
  - id: a
    # in a
    errors:
      # before A
      - code: A
        # in A

        # still in A
    # after A

  # the second
  - id: b
# about retired
retired: []
# the end
`,
	},
	{
		"aligned comments",
		"version:  1     # one\ntitle: Errors   # two\nservice: api    # three\ngroups:\n" +
			"    - id: a     # four\n      title: b # five\n",
		"version: 1      # one\ntitle: Errors   # two\nservice: api    # three\ngroups:\n" +
			"  - id: a     # four\n    title: b # five\n",
	},
	{
		"what is commented out",
		"include:\n\n  # - errors/*.yaml\ngroups:\n  -\n      # nothing\n  - id: a\n",
		"include:\n  # - errors/*.yaml\ngroups:\n  -\n    # nothing\n  - id: a\n",
	},
	{
		"a comment before a value",
		"a: # one\n  b\nc:\n  # two\n  [1]\nd: # three\n  |\n   x\ne:\n\n  # four\n\n  - f\n",
		"a: # one\n  b\nc:\n  # two\n  [1]\nd: # three\n  |\n  x\ne:\n  # four\n\n  - f\n",
	},
	{
		"a value on the line after its key",
		"a:\n  b\nc:\n  'd'\ne:\n  " + long + long + "\nf:\n  [" + long + ", " + long +
			"]\ng:\n  h\n  i\n",
		"a: b\nc: 'd'\ne:\n  " + long + long + "\nf:\n  [" + long + ", " + long +
			"]\ng:\n  h\n  i\n",
	},
	{
		"texts of several lines",
		"a: one\n     two  \n\n\n   three\nb: 'it''s\n four'\nc: \"five \\\n       \\ six \\ \n" +
			"   seven \\\\  \n eight\"\n",
		"a: one\n  two\n\n\n  three\nb: 'it''s\n  four'\nc: \"five \\\n  \\ six \\ \n  seven \\\\\n" +
			"  eight\"\n",
	},
	{
		"block scalars",
		"a: |  # why\n      one\n        two  \n\n\n\n      # three\n\n\nb:   >-\n four\n\nc:\n - |2\n" +
			"     five\n   six\n - |+\n   seven\n\n\n\nd: |\ne: x\n",
		"a: |  # why\n  one\n    two  \n\n\n\n  # three\n\nb: >-\n  four\n\nc:\n  - |2\n      five\n" +
			"    six\n  - |+\n    seven\n\n\n\nd: |\ne: x\n",
	},
	{"kept line breaks at the end", "a: |+\n  b\n\n\n", "a: |+\n  b\n\n\n"},
	{"a kept line break that is missing", "a: |+\n  b", "a: |-\n  b\n"},
	{"spaces at the end are not a line", "a: |+\n  b\n  ", "a: |+\n  b\n"},
	{
		"anchors, aliases and tags",
		"a: &x   {b: 1}\nc:  *x\nf: &z !!str g\ny: &y {*z : 1}\nh: !!map\n    <<: [ *y ]\n" +
			"    k: !!str\n" +
			"    \"l\":   [ *y , !!str , &m n, *m ]\nq:\n- &n   !!seq\n  - 1\n- &o\n  - 2\n- ! x\n",
		"a: &x {b: 1}\nc: *x\nf: &z !!str g\ny: &y {*z : 1}\nh: !!map\n  <<: [*y]\n  k: !!str\n" +
			"  \"l\": [*y, !!str , &m n, *m]\nq:\n  - &n !!seq\n    - 1\n  - &o\n    - 2\n  - ! x\n",
	},
	{"a lone ! of a list, of a mapping, and of a first key",
		"a: !\n-\nb: !  # c\n- 1\nd: !\n  e: 2\nf:\n    ! g: 3\n",
		"a: !\n  -\nb: !  # c\n  - 1\nd: !\n  e: 2\nf:\n  ! g: 3\n"},
	{"lists in lists", "a:\n-   - 1\n    -   - 2\n        - 3\n",
		"a:\n  - - 1\n    - - 2\n      - 3\n"},
	{"pairs in lists", "a: [ b: 1,c: { d: 2 }, e : ]\nf: [" + long + ",\n" + long +
		", g: 3, h : i\n j]\n", "a: [b: 1, c: {d: 2}, e: ]\nf:\n  - " + long + "\n  - " + long +
		"\n  - g: 3\n  - h: i\n      j\n"},
	{"keys without values", "a: {b, c: , \"d\", \"e\":f}\ng:\nh: {i: }\n",
		"a: {b, c: , \"d\", \"e\": f}\ng:\nh: {i: }\n"},
	{"quotes are the author's", "a: \"b\"\nc: 'd'\ne: 00000\n'f': \"\"\n",
		"a: \"b\"\nc: 'd'\ne: 00000\n'f': \"\"\n"},
	{"document markers", "# one\n%YAML 1.1\n\n--- # two\n\na: 1\n\n...\n# three\n",
		"# one\n%YAML 1.1\n\n--- # two\na: 1\n\n...\n# three\n"},
	{"JSON is left alone", "{ \"version\":1,\n\"title\": \"A\" }",
		"{ \"version\":1,\n\"title\": \"A\" }"},
}

const long = "a-word-that-is-so-long-that-two-of-its-kind-fit-on-no-line-of-120-columns"
