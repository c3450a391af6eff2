package dev.drey.it.matrix;

@FlinkVersion("2.2.1")
class Flink22Matrix extends MatrixSuites {}
