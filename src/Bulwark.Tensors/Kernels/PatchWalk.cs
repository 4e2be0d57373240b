using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>Goes over the rows of patches that lie inside an image, channels last. See <see cref="Functions.Patches"/>.</summary>
internal readonly unsafe struct PatchWalk(Shape images, Window window)
{
    private const int FloatsPerPart = 1 << 16;
    public readonly int Down = window.Places(images).Down, Across = window.Places(images).Across;     // first: refuses what are no images
    private readonly int _count = images[0], _height = images[1], _width = images[2], _channels = images[3];

    public int PatchLength => window.Height * window.Width * _channels;

    /// <summary>Floats of an image.</summary>
    public int ImageLength => _height * _width * _channels;

    /// <summary>Floats of an image's patches.</summary>
    public int PatchesLength => Down * Across * PatchLength;

    /// <summary>How many parts the images are cut into, by their shape.</summary>
    public int Parts => (_count + ImagesPerPart - 1) / ImagesPerPart;

    /// <summary>The images of a part.</summary>
    public (int First, int End) this[int part] => (part * ImagesPerPart, Math.Min(_count, (part + 1) * ImagesPerPart));

    private int ImagesPerPart => Math.Max(1, FloatsPerPart / Math.Max(1, PatchesLength));

    /// <summary>The patches of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Cut(float* image, float* patches)
    {
        Rows<Copy>(image, patches);
    }

    /// <summary>An image of which each pixel is the sum of what stands for it in the patches, place after place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fold(float* patches, float* image)
    {
        new Span<float>(image, ImageLength).Clear();
        Rows<Add>(image, patches);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Rows<TDo>(float* image, float* patches) where TDo : struct, IDo
    {
        for (var down = 0; down < Down; down++)
        {
            var top = down * window.Stride - window.Padding;
            var (upper, lower) = (Math.Max(0, -top), Math.Min(window.Height, _height - top));           // rows of the window inside the image
            for (var across = 0; across < Across; across++, patches += PatchLength)
            {
                var left = across * window.Stride - window.Padding;
                var (first, last) = (Math.Max(0, -left), Math.Min(window.Width, _width - left));        // its columns inside the image
                if (upper > 0 || lower < window.Height || first > 0 || last < window.Width) TDo.Begin(patches, PatchLength);
                if (first >= last) continue;
                float* pixels = image + ((nint)(top + upper) * _width + left + first) * _channels, patch = patches + (upper * window.Width + first) * _channels;
                var count = (last - first) * _channels;
                if (count == 4)                              // so short that its loops would take longer than the row
                    for (var row = upper; row < lower; row++, pixels += _width * _channels, patch += window.Width * _channels) TDo.OfFour(pixels, patch);
                else
                    for (var row = upper; row < lower; row++, pixels += _width * _channels, patch += window.Width * _channels) TDo.Of(pixels, patch, count);
            }
        }
    }

    /// <summary>What happens between neighboring floats of an image and the same of a patch. Rows may be as short as one pixel.</summary>
    private interface IDo
    {
        /// <summary>What happens first to a patch that reaches over the border.</summary>
        static abstract void Begin(float* patch, int count);

        static abstract void Of(float* pixels, float* patch, int count);

        /// <summary>The same for four.</summary>
        static abstract void OfFour(float* pixels, float* patch);
    }

    private readonly struct Copy : IDo
    {
        public static void Begin(float* patch, int count) => new Span<float>(patch, count).Clear();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void OfFour(float* pixels, float* patch) => Vector128.Load(pixels).Store(patch);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Of(float* pixels, float* patch, int count)
        {
            var c = 0;
            if (Vector512.IsHardwareAccelerated) for (; c <= count - 16; c += 16) Vector512.Load(pixels + c).Store(patch + c);
            if (Vector128.IsHardwareAccelerated) for (; c <= count - 4; c += 4) Vector128.Load(pixels + c).Store(patch + c);
            for (; c < count; c++) patch[c] = pixels[c];
        }
    }

    private readonly struct Add : IDo
    {
        public static void Begin(float* patch, int count) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void OfFour(float* pixels, float* patch) => (Vector128.Load(pixels) + Vector128.Load(patch)).Store(pixels);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Of(float* pixels, float* patch, int count)
        {
            var c = 0;
            if (Vector512.IsHardwareAccelerated) for (; c <= count - 16; c += 16) (Vector512.Load(pixels + c) + Vector512.Load(patch + c)).Store(pixels + c);
            if (Vector128.IsHardwareAccelerated) for (; c <= count - 4; c += 4) (Vector128.Load(pixels + c) + Vector128.Load(patch + c)).Store(pixels + c);
            for (; c < count; c++) pixels[c] += patch[c];
        }
    }
}
