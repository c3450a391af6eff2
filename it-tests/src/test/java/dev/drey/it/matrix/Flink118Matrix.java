package dev.drey.it.matrix;

@FlinkVersion("1.18.1")
class Flink118Matrix extends MatrixSuites {}
