#pragma warning disable
namespace Bulwark.Tensors.Formats;
public static class Safetensors
{
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> entries, IReadOnlyDictionary<string, string> metadata) => throw new NotSupportedException();
    public static (IReadOnlyList<(string Name, Tensor Value)> Entries, IReadOnlyDictionary<string, string> Metadata) Read(string path) => throw new NotSupportedException();
}
