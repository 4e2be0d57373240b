using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Bulwark.Tensors.Formats;

namespace Bulwark.Tensors.Tests.Formats;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path => System.IO.Path.Combine(_folder, "model.safetensors");

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        var rng = new Rng(1);
        (string, Tensor)[] entries =
        [
            ("users", Tensor.Gaussian((300, 7), 1, rng)), ("scalar", Tensor.Scalar(-0f)), ("nothing", Tensor.Zeros((0, 5))),
            ("images", Tensor.Uniform((2, 3, 4, 5), -1, 1, rng)), ("odd", Tensor.Of(5, float.NaN, float.PositiveInfinity, 1e-42f, float.MinValue, 0)),
            ("\"名字\"\n", Tensor.Of(1, 3)), ("large", Tensor.Uniform(600_000, 0, 1, rng)),
        ];
        Safetensors.Write(Path, entries, new Dictionary<string, string> { ["model"] = "mf", ["note"] = "ε = ½" });
        var (read, metadata) = Safetensors.Read(Path);
        Assert.Equal(entries.Select(entry => (entry.Item1, entry.Item2.Shape)).Order(), read.Select(entry => (entry.Name, entry.Value.Shape)).Order());
        foreach (var (name, value) in read) AssertSameBits(entries.Single(entry => entry.Item1 == name).Item2, value);
        Assert.Equal(new Dictionary<string, string> { ["model"] = "mf", ["note"] = "ε = ½" }, metadata);
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void EmptyFilesAreFine()
    {
        Safetensors.Write(Path, []);
        var (entries, metadata) = Safetensors.Read(Path);
        Assert.Empty(entries);
        Assert.Empty(metadata);
    }

    /// <summary>Header {"a":…} of 8 n bytes, then 1 and 2 as little-endian float32: checked byte by byte, as other readers see it.</summary>
    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        Safetensors.Write(Path, [("a", Tensor.Of((1, 2), 1, 2))]);
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], bytes[(8 + length)..]);
    }

    [Fact]
    public void AnInterruptedWriteLeavesTheOldFile()
    {
        Safetensors.Write(Path, [("a", Tensor.Of(1, 1))]);
        Tensor stale;
        using (Scope.Open()) stale = Tensor.Of(1, 2);
        Assert.Throws<InvalidOperationException>(() => Safetensors.Write(Path, [("a", Tensor.Of(1, 3)), ("b", stale)]));
        Assert.Equal(1, Safetensors.Read(Path).Entries.Single().Value.Item());
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Theory, InlineData("a"), InlineData("__metadata__")]
    public void NamesAreUnique(string second) =>
        Assert.Contains(second, Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [("a", Tensor.Scalar(1)), (second, Tensor.Scalar(2))])).Message);

    [Fact]
    public void OtherTypesBecomeFloats()
    {
        var data = new List<byte>();
        data.AddRange(BitConverter.GetBytes((Half)1.5f));
        data.AddRange([0x40, 0xC0]);                         // BF16 −3 is the upper half of float32 0xC0400000
        data.AddRange(BitConverter.GetBytes(0.1));
        data.AddRange(BitConverter.GetBytes(-7L));
        data.AddRange(BitConverter.GetBytes(1 << 25));
        data.Add(255);
        WriteRaw("""
            {"half":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"brain":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},
             "double":{"dtype":"F64","shape":[],"data_offsets":[4,12]},"long":{"dtype":"I64","shape":[1,1],"data_offsets":[12,20]},
             "int":{"dtype":"I32","shape":[1],"data_offsets":[20,24]},"byte":{"dtype":"U8","shape":[1],"data_offsets":[24,25]}}
            """, [.. data]);
        Assert.Equal([1.5f, -3, 0.1f, -7, 33554432, 255], Safetensors.Read(Path).Entries.Select(entry => entry.Value.Item()));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "'a' ends at byte 8 of 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "are not a begin and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "are not a begin and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'b' overlaps 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}""", 12, "bytes 4 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "bytes 0 to 4 before 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 9, "bytes 4 to 9 at its end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "names 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "hold -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "hold -4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "hold 1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "hold 99999999999999999999")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "not a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,4]}}""", 4, "more elements than")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "5 axes")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", 4, "dtype 'F8_E4M3', which is not one of F32, F16")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "has no dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "has no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "has no data_offsets")]
    [InlineData("""{"a":4}""", 4, "'a' is not described by a JSON object")]
    [InlineData("""[1]""", 4, "the header is not a JSON object")]
    [InlineData("""{"a":""", 4, "the header is not JSON")]
    [InlineData("", 4, "the header is not JSON")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "text that is not Unicode")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "metadata entry 'a' is not a string")]
    [InlineData("""{"__metadata__":[]}""", 0, "metadata are not a JSON object")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "metadata name 'a' twice")]
    public void DamageIsNamed(string header, int dataBytes, string problem)
    {
        WriteRaw(header, new byte[dataBytes]);
        AssertRefused(problem);
    }

    [Fact]
    public void HeadersThatAreNotThereAreNamed()
    {
        File.WriteAllBytes(Path, [1, 2, 3]);
        AssertRefused("it has 3 bytes");
        File.WriteAllBytes(Path, [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        AssertRefused("a header of 200 bytes, but only 2 follow");
        File.WriteAllBytes(Path, [255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}']);
        AssertRefused("a header of 18446744073709551615 bytes; the most is 100000000");
    }

    [Fact]
    public void EveryPrefixIsRefused()
    {
        Safetensors.Write(Path, [("a", Tensor.Of(2, 1, 2)), ("b", Tensor.Of(1, 3))]);
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<FormatException>(() => Safetensors.Read(Path));
        }
    }

    private void AssertRefused(string problem)
    {
        var message = Assert.Throws<FormatException>(() => Safetensors.Read(Path)).Message;
        Assert.Contains(Path, message);
        Assert.Contains(problem, message);
    }

    private void WriteRaw(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data]);
    }

    private static void AssertSameBits(Tensor expected, Tensor actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected.Values).SequenceEqual(MemoryMarshal.AsBytes(actual.Values)));
}
