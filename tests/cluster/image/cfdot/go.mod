module stage.local/cfdot

go 1.21
