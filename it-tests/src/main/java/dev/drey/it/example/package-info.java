/** Programs as a user of Flink writes them; they are uploaded as a jar, and share no test code. */
package dev.drey.it.example;
