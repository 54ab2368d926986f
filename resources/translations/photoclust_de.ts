<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>photoclust</name>
    <message>
      <source>&amp;Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A face cannot be told apart from itself; please choose two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About photoclust</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Actual size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At least two faces are needed to learn from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At least two faces of every set are needed to learn from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choosing neighbours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing neighbours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing the faces of each photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confirm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confirm all faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>F&amp;aces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces to learn from are needed, and their vectors must be equally long in all sets.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit into the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group again…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grouping faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Groups are cut at a level or at a threshold, not at both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ignore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ignore person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Judging how sure it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning links</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning which faces belong together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Like the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Linking faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking around every face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for doubtful faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for questions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make a new person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge selected persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge with…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missing photos…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No CUDA device can be used here; choose “cpu”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not a face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not this person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open log folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photos that could not be read…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Please choose at least two persons to merge.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Please select at least one face.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Questions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo: {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show album</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show in folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the album of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some of these faces are no longer in the library; please select again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sorting faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sorting faces, as the GPU has too little memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split off as new person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no persons to export yet: scan a folder and group the faces first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This person is no longer in the library; please select again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo: {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use as cover</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is noted of this edit cannot be read. `photoclust check` tells more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom out</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
