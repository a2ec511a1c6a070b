package rule

// changeExamples are the examples of the rules about changes, by id: Before is an excerpt of the
// old version, After one of the new. A test finds the rule between them, and nothing else.
var changeExamples = map[string]Example{
	CodeRemoved: {`
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`},
	CodeRetired: {`
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
retired:
  - code: FILE_GONE
    status: 410

- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`},
	TombstoneRemoved: {`
retired:
  - code: FILE_GONE
    status: 410

- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`, `
retired: []

- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`},
	CodeReused: {`
retired:
  - code: FILE_GONE
    status: 410

- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`, `
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
- code: FILE_GONE
  status: 409
  message: The disk is gone
  resolution: Upload it again.
`},
	CodeRenamed: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_MISSING
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	StatusRemoved: {`
- code: FILE_GONE
  status: [401, 403]
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 401
  message: The file is gone
  resolution: Upload it again.
`},
	StatusDefaultChanged: {`
- code: FILE_GONE
  status: 422
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 400
  message: The file is gone
  resolution: Upload it again.
`},
	StatusAdded: {`
- code: FILE_GONE
  status: 401
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: [401, 403]
  message: The file is gone
  resolution: Upload it again.
`},
	TypeChanged: {`
envelope: problem
type_base: https://example.com/problems/

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
envelope: problem
type_base: https://api.example.com/problems/

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	FallbackChanged: {`
- code: DISK_FULL
  status: 500
  message: The disk is full
  resolution: Report it.
- code: FILE_LOST
  status: 500
  message: The file is lost
  resolution: Upload it again.
`, `
- code: FILE_LOST
  status: 500
  message: The file is lost
  resolution: Upload it again.
- code: DISK_FULL
  status: 500
  message: The disk is full
  resolution: Report it.
`},
	RetryRemoved: {`
- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
  retry: {base: 1s, jitter: none, methods: any}
`, `
- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
`},
	RetryAdded: {`
- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
  retry: {base: 1s, jitter: none, methods: any}
`},
	RetryChanged: {`
retry_policies:
  backoff: {base: 1s, jitter: none, methods: any}

- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
  retry: backoff
`, `
retry_policies:
  backoff: {base: 2s, jitter: none, methods: any}

- code: FILE_GONE
  status: 409
  message: The file is gone
  resolution: Upload it again.
  retry: backoff
`},
	VariantRemoved: {`
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
    - {id: folder, message: There is no such folder}
`, `
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
`},
	VariantMessageChanged: {`
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
    - {id: folder, message: There is no such folder}
`, `
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
    - {id: folder, message: No folder has this name}
`},
	MessageParamsChanged: {`
- code: FILE_GONE
  status: 410
  message: The file ${name} is gone from ${place}
  resolution: Upload it again.
  headers: {Link: "${place}"}
  params: {name: {type: string}, place: {type: string}}
`, `
- code: FILE_GONE
  status: 410
  message: The file ${name} is gone
  resolution: Upload it again.
  headers: {Link: "${place}"}
  params: {name: {type: string}, place: {type: string}}
`},
	MessageChanged: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: This file is gone
  resolution: Upload it again.
`},
	ParamRemoved: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	ParamTypeChanged: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: int, detail: true}}
`},
	ParamNowSensitive: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, sensitive: true}}
`},
	ParamNowOptional: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true, optional: true}}
`},
	EnumValueRemoved: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {kind: {type: string, enum: [image, video], detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {kind: {type: string, enum: [image], detail: true}}
`},
	EnumValueAdded: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {kind: {type: string, enum: [image, video], detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {kind: {type: string, enum: [image, video, audio], detail: true}}
`},
	HeaderRemoved: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  headers: {Link: </trash>}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	HeaderChanged: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  headers: {Link: </trash>}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  headers: {Link: </bin>}
`},
	EnvelopeChanged: {`
envelope:
  body:
    error: {code: $code, message: $message}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
envelope:
  body:
    code: $code
    error: {message: $message}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	MetaChanged: {`
envelope: {body: {code: $code, message: $message, type: $meta.type}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  meta: {type: request}
`, `
envelope: {body: {code: $code, message: $message, type: $meta.type}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  meta: {type: server}
`},
	VisibilityReduced: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  visibility: internal
`},
	StabilityReduced: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  stability: beta
`},
	ValueChanged: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 10MB}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 20MB}
`},
	ParamAdded: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`},
	ParamOrderChanged: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}, size: {type: bytes, detail: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {size: {type: bytes, detail: true}, name: {type: string, detail: true}}
`},
	ParamNowRequired: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true, optional: true}}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {name: {type: string, detail: true}}
`},
	ConstructorChanged: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: NOT_FOUND
  status: 404
  resolution: Check the name.
  params: {file: {type: string}, folder: {type: string}}
  variants:
    - {id: file, message: "There is no file ${file}"}
    - {id: folder, message: "There is no folder ${folder}"}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: NOT_FOUND
  status: 404
  resolution: Check the name.
  params: {file: {type: string}, folder: {type: string, detail: true}}
  variants:
    - {id: file, message: "There is no file ${file}"}
    - {id: folder, message: "There is no folder ${folder}"}
`},
	GoNameChanged: {`
- code: FILE_GONE
  status: 410
  message: The file ${file} is gone
  resolution: Upload it again.
  params:
    file: {type: string}
`, `
- code: FILE_GONE
  status: 410
  message: The file ${file} is gone
  resolution: Upload it again.
  params:
    file: {type: string, go_name: Path}
`},
	TypeScriptNameChanged: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params:
    from:
      type: object
      detail: true
      fields:
        line1: {type: int, go_name: FirstLine}
        line_1: {type: int, go_name: LastLine}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params:
    from:
      type: object
      detail: true
      fields:
        line_1: {type: int, go_name: LastLine}
        line1: {type: int, go_name: FirstLine}
`},
	PythonNameChanged: {`
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params:
    from:
      type: object
      detail: true
      fields:
        userID: {type: int, go_name: Owner}
        user_id: {type: int, go_name: Reader}
`, `
envelope: {body: {code: $code, message: $message, params: $params}}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params:
    from:
      type: object
      detail: true
      fields:
        user_id: {type: int, go_name: Reader}
        userID: {type: int, go_name: Owner}
`},
	ValueTypeChanged: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 10}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 2.5}
`},
	ValueRemoved: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 10}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	CodeAdded: {`
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
`, `
- code: DISK_FULL
  status: 507
  message: The disk is full
  resolution: Report it.
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	VariantAdded: {`
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
`, `
- code: NOT_FOUND
  status: 404
  resolution: Check its name.
  variants:
    - {id: file, message: There is no such file}
    - {id: folder, message: There is no such folder}
`},
	HeaderAdded: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  headers: {Link: </trash>}
`},
	ValueAdded: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  values: {max_size: 10MB}
`},
	StabilityRaised: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  stability: beta
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	Deprecated: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  deprecated: {note: It was too common.}
`},
	Undeprecated: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  deprecated: {note: It was too common.}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	StatusRowAdded: {`
statuses:
  410: {title: Gone}
  500: {title: Internal Server Error}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
statuses:
  404: {title: Not Found}
  410: {title: Gone}
  500: {title: Internal Server Error}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	StatusRowRemoved: {`
statuses:
  404: {title: Not Found}
  410: {title: Gone}
  500: {title: Internal Server Error}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
statuses:
  410: {title: Gone}
  500: {title: Internal Server Error}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	TextChanged: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload another file.
`},
	GroupMoved: {`
groups:
  - id: files
    title: Files
    errors:
      - code: FILE_GONE
        status: 410
        message: The file is gone
        resolution: Upload it again.
      - code: DISK_FULL
        status: 507
        message: The disk is full
        resolution: Report it.
  - id: disks
    title: Disks
    errors:
      - code: FILE_LOST
        status: 410
        message: The file is lost
        resolution: Upload it again.
`, `
groups:
  - id: files
    title: Files
    errors:
      - code: DISK_FULL
        status: 507
        message: The disk is full
        resolution: Report it.
  - id: disks
    title: Disks
    errors:
      - code: FILE_GONE
        status: 410
        message: The file is gone
        resolution: Upload it again.
      - code: FILE_LOST
        status: 410
        message: The file is lost
        resolution: Upload it again.
`},
	VisibilityRaised: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  visibility: internal
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
}
