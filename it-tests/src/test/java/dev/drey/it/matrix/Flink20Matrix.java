package dev.drey.it.matrix;

@FlinkVersion("2.0.2")
class Flink20Matrix extends MatrixSuites {}
