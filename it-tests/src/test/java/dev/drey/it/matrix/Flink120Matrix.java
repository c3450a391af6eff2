package dev.drey.it.matrix;

@FlinkVersion("1.20.5")
class Flink120Matrix extends MatrixSuites {}
