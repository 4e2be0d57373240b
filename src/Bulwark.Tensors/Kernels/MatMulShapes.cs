using System.Runtime.InteropServices;

namespace Bulwark.Tensors.Kernels;

// Sizes of a register tile as types. A type's size is its number: the just-in-time compiler folds sizeof before it inlines, so that rows and vectors
// that a tile does not have cost neither code nor locals.

[StructLayout(LayoutKind.Sequential, Size = 1)] internal readonly struct N1;
[StructLayout(LayoutKind.Sequential, Size = 2)] internal readonly struct N2;
[StructLayout(LayoutKind.Sequential, Size = 3)] internal readonly struct N3;
[StructLayout(LayoutKind.Sequential, Size = 4)] internal readonly struct N4;
[StructLayout(LayoutKind.Sequential, Size = 5)] internal readonly struct N5;
[StructLayout(LayoutKind.Sequential, Size = 6)] internal readonly struct N6;
[StructLayout(LayoutKind.Sequential, Size = 7)] internal readonly struct N7;
[StructLayout(LayoutKind.Sequential, Size = 8)] internal readonly struct N8;
[StructLayout(LayoutKind.Sequential, Size = 9)] internal readonly struct N9;
[StructLayout(LayoutKind.Sequential, Size = 10)] internal readonly struct N10;
[StructLayout(LayoutKind.Sequential, Size = 11)] internal readonly struct N11;
[StructLayout(LayoutKind.Sequential, Size = 12)] internal readonly struct N12;
[StructLayout(LayoutKind.Sequential, Size = 13)] internal readonly struct N13;
[StructLayout(LayoutKind.Sequential, Size = 14)] internal readonly struct N14;

/// <summary>Element (i, p) of A is <c>a[i·lda + p]</c>.</summary>
internal readonly struct ByRow;

/// <summary>Element (i, p) of A is <c>a[p·lda + i]</c>.</summary>
internal readonly struct ByColumn;

/// <summary>All vectors of a tile are whole.</summary>
internal readonly struct Whole;

/// <summary>The last vector of C is partial; B is packed and padded.</summary>
internal readonly struct PartialC;

/// <summary>The last vectors of B and C are partial.</summary>
internal readonly struct PartialBC;
