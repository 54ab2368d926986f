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
      <source>99 % sure</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A face cannot be told apart from itself; please choose two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A pointer to the photo. Takes no room; breaks when the photo is moved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A second name for the same file. Takes no room; works on the same disk only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About photoclust</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>about {n} hours left</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>about {n} minutes left</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Albums</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All faces are grouped as they would be again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All their faces will be in one album called {name}. You can undo this.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Also add {n} faces to {persons}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>and others.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>And {n} more.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Another photoclust has this library open: here you can only look. Close that one, then open this one again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answer questions (Ctrl+R)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Are {names} the same person?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrows move the box, Shift resizes it, Enter takes it, Esc leaves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask long shots too</source>
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
      <source>Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the album</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the album (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring back the backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cache</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder by its whole path, from the root of the disk on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder to export to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose at least one person.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choosing neighbours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click to rename (F2)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
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
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copying the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+Z takes an answer back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM yyyy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM yyyy, HH:mm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dividing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done again: {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag a box around the face. Or: arrows move it, Shift resizes it, Enter takes it, Esc leaves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag a few faces to the other side, or select them and press Enter: the rest follows by itself. Space keeps faces where they are. One undo takes all of it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag the faces of strangers here, or select them and press I.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop a folder of photos here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop faces here to make a new person of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Esc leaves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every answer is in the album. New photos bring new questions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every face belongs to a person.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every photo is copied. Takes room; the copies can be given away or moved to another disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export albums</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export albums to</source>
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
      <source>Face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Face {number}, {state}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces are found by YuNet (© 2020 Shiqi Yu, MIT License) and told apart by SFace (Apache License 2.0), both from the OpenCV Zoo. photoclust itself is under the Apache License 2.0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces that leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces that stay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces that you placed or confirmed stay as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces to learn from are needed, and their vectors must be equally long in all sets.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faces: {names}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit into the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder to export to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders in this library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget missing photos…</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Forget {n} missing photos?</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>From a folder of photos to albums of persons, on your own computer. Nothing is sent anywhere, and your photos are never changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group again</source>
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
      <source>Hard link</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How sure the album is</source>
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
      <source>Ignored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is this the same person?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is this {name}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is no longer in the library.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Judging how sure it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep both</source>
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
      <source>Leave it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>less than a minute left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Library</source>
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
      <source>Likely</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>likely</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Linking faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look for questions</source>
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
      <source>Looking what there is to do…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make a new person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>marked</source>
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
      <source>Merge with {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge with…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge {name} with…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missing photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missing photos…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More for this person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move</source>
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
    <message numerus="yes">
      <source>Move {n} faces to…</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Name (N)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the new person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of this face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name this person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Named</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Named persons, and faces that you placed or confirmed, stay as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New person “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New photos in a watched folder are imported as they appear.</source>
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
      <source>No</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No backup could be made: {what}. The log has the details.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No CUDA device can be used here; choose “cpu”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No faces yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No photos yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody has looked for questions yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody is ignored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody is left over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody of that name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None has been found in these photos so far.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not a face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not grouped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not marked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not sure</source>
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
      <source>Nothing has been changed yet, and one undo takes all of it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing left to ask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing would change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing would change: all faces are grouped as they would be again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OK</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only named persons would change.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder of photos</source>
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
      <source>P shows the photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Persons appear here once faces have been grouped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Persons to export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>photoclust looks for faces and makes an album of every person. Your photos stay where they are, on this computer, and are never changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photos</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photos that could not be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photos that could not be read…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Placed by you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>placed by you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Please choose at least one face that is somebody else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Please choose at least two persons to merge.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Please leave at least one face on either side.</source>
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
      <source>Put here by you</source>
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
      <source>Reading the copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason</source>
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
      <source>Runs on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Same person?</source>
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
      <source>Select some faces first, or drag them here.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>settles {n} faces</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Shelves</source>
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
      <source>Show folder</source>
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
      <source>Skip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some of these faces are no longer in the library; please select again.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Somebody else · {n} faces</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Something went wrong: {what}. The log has the details.</source>
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
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split in two</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split in two…</source>
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
    <message numerus="yes">
      <source>Split {n} faces off {name}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Starting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop; what was found is kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. What was finished is there; exporting again goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. What was found is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Strangers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sure</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sure</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Symbolic link</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That did not work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The copy at {target} is not as the library is. Nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The drive of these photos is not there. Connect it and try again; all that is known of them is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The files were deleted or are somewhere else. Everything you said about the faces on them is kept, and they appear again as they were when the files are back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library cannot be copied to {target}: {reason}. It stays where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library has changed meanwhile, so this was worked out again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library is damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library {library} is damaged. There is a whole backup of {made}. What was decided after that is not in it. The damaged file is kept under another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ones that settle the most faces come first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rest is as good as sure, or too unlikely to bother you with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Their faces appear here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Their faces, and what you said about them, are removed for good; this cannot be undone. Photos that are there again, or whose drive is not connected, are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no persons to export yet: scan a folder and group the faces first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already a file {target}; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already a person called {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room for the library in {folder}. It stays where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There must be at least two faces to divide.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These faces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They appear here as they are read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They are tried again when the files have changed, or when you say so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This face</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This person has no faces any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This person is no longer in the library; please select again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This photo cannot be shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo the last answer (Ctrl+Z)</source>
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
      <source>Undone: {what}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unnamed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unsure</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unsure</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use as cover</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch {folder}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is noted of this edit cannot be read. `photoclust check` tells more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was taken for a face by mistake is kept here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What would change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which of these are the same person?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which of these are {name}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who is this?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who of them is somebody else?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who this is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yes</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Yes, {n} marked ones</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom (Ctrl+wheel)</source>
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
    <message>
      <source>{done} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{faces}, {n} unsure</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{folder} cannot be watched for new photos. {reason}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{name} has {n} faces, this person {count}. Are they the same?</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} · {n} faces</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{numbers} choose</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{numbers} mark</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{n} could not be read: {name} ({reason})</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces are unsure and come first: please look at them.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces in {photos}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported ({size}).</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} more questions</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} named persons</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos are missing</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos missing</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions until 99 % sure</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} were there already.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} without a name</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{percent} % likely here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{phase}: {done} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{picked} of {n} faces selected</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} photos selected</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{width} × {height} pixels</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
